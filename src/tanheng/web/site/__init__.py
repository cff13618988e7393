"""The site: settings, addresses, and the program that serves them."""
