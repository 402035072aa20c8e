import java.io.File;
import java.util.TreeSet;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLIndividual;
import org.semanticweb.owlapi.model.OWLNamedIndividual;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Prints, for each RDF/XML file given, what OWL 2 DL and HermiT say of it, one line each. */
public class Check {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntology ontology =
                    OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            System.out.println("file " + file + " axioms " + ontology.getLogicalAxiomCount());
            for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations()) {
                System.out.println("profile " + violation);
            }
            Reasoner reasoner = new Reasoner(ontology);
            System.out.println("consistent " + reasoner.isConsistent());
            if (!reasoner.isConsistent()) {
                continue;
            }
            for (OWLClass empty : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()) {
                System.out.println("empty " + empty.toStringID());
            }
            for (OWLNamedIndividual one : new TreeSet<>(ontology.getIndividualsInSignature())) {
                for (OWLClass type : new TreeSet<>(reasoner.getTypes(one, false).getFlattened())) {
                    System.out.println("type " + one.toStringID() + " " + type.toStringID());
                }
            }
        }
    }
}
