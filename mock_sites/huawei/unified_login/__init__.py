"""OAuth 2.0 login of enterprise members."""
