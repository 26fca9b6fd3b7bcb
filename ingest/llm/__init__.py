"""Reading with a language model at an endpoint: what is asked, what of a reply may stand, and what it costs."""
