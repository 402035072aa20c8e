# The two phases that bring a cube into normal form before its integrity is asked (RDF Data Cube, section 10).
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX qb: <http://purl.org/linked-data/cube#>

# Phase 1: what the vocabulary itself entails.
INSERT { ?o a qb:Observation . } WHERE { [] qb:observation ?o . } ;
INSERT { ?o a qb:Observation . ?ds a qb:DataSet . } WHERE { ?o qb:dataSet ?ds . } ;
INSERT { ?s a qb:Slice . } WHERE { [] qb:slice ?s . } ;
INSERT { ?cs qb:componentProperty ?p . ?p a qb:DimensionProperty . } WHERE { ?cs qb:dimension ?p . } ;
INSERT { ?cs qb:componentProperty ?p . ?p a qb:MeasureProperty . } WHERE { ?cs qb:measure ?p . } ;
INSERT { ?cs qb:componentProperty ?p . ?p a qb:AttributeProperty . } WHERE { ?cs qb:attribute ?p . } ;

# Phase 2: what is attached to a data set, a slice or a measure holds for its observations.
INSERT { ?obs ?comp ?value } WHERE {
  ?spec qb:componentProperty ?comp ; qb:componentAttachment qb:DataSet .
  ?dataset qb:structure [ qb:component ?spec ] ; ?comp ?value .
  ?obs qb:dataSet ?dataset .
} ;
INSERT { ?obs ?comp ?value } WHERE {
  ?spec qb:componentProperty ?comp ; qb:componentAttachment qb:Slice .
  ?dataset qb:structure [ qb:component ?spec ] ; qb:slice ?slice .
  ?slice ?comp ?value ; qb:observation ?obs .
} ;
INSERT { ?obs ?comp ?value } WHERE {
  ?dataset qb:structure [ qb:component [ qb:componentProperty ?comp ] ] ; qb:slice ?slice .
  ?comp a qb:DimensionProperty .
  ?slice a qb:Slice ; ?comp ?value ; qb:observation ?obs .
}
