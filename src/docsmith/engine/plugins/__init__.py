"""What people do with plugins: look at one, install it, take it away, hand it on, allow its Python."""
