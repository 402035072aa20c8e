"""The graph: facts as RDF, the store, queries, views and the command line."""
