"""What a buyer does on the pages, for programs without a browser."""
