"""Reading: from a document to facts with their exact words."""
