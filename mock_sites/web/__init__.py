"""What all sites share on a page: the factory, base templates, forms, security, language, sessions, error pages."""
