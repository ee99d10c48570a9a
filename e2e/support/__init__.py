"""What several browser tests share, and no command needs."""
