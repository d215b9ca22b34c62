"""Every document type for every branch: workers make documents, one writer puts them in their places."""
