"""党费收缴登记表: the register of party dues. What docsmith needs of it is named in ``plugin.toml``."""
