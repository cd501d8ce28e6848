package org.spectralsignatures.audit;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

import org.spectralsignatures.audit.Audit.ClassAudit;
import org.spectralsignatures.audit.Audit.Mark;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.removal.Conclusion;

/** The classes of an audit that have images, the most suspicious first; of those that cannot be told the ones without a mark come last. */
public final class AuditedClasses {

    private final Audit m_audit;

    private final List<String> m_names;

    private final List<ClassAudit> m_classes;

    /**
     * @param audit of a set
     * @param names of all classes, in the order of their indices
     */
    public AuditedClasses(final Audit audit, final List<String> names) {
        m_audit = audit;
        m_names = names;
        m_classes = audit.classes().stream().filter(c -> c.images() > 0)
            .sorted(Comparator.<ClassAudit>comparingInt(this::rank).thenComparingDouble(c -> pValue(c).orElse(1))
                .thenComparing(c -> -c.poison()).thenComparing(c -> name(c.label()), ClassNames.NATURAL))
            .toList();
    }

    /** Images that share a mark are to be looked at, also where the network has not learned it. */
    private int rank(final ClassAudit c) {
        return switch (c.verdict().finding()) {
            case POISONED -> 0;
            case NOTHING_FOUND -> 2;
            case CANNOT_TELL -> pValue(c).isPresent() ? 1 : 3; // NOSONAR the order
        };
    }

    /** @return the classes in their order */
    public List<ClassAudit> classes() {
        return m_classes;
    }

    /**
     * @param label index of a class
     * @return its name
     */
    public String name(final int label) {
        return m_names.get(label);
    }

    /**
     * @param label index of a class
     * @return its name; null for -1, which stands for none
     */
    public String nameOrNull(final int label) {
        return label < 0 ? null : name(label);
    }

    /**
     * @param c a class
     * @return of a class that is called poisoned the p-value of its verdict, of another the smallest one of its marks; empty if there is none
     */
    public OptionalDouble pValue(final ClassAudit c) {
        return c.verdict().pValue() != null ? OptionalDouble.of(c.verdict().pValue())
            : m_audit.marks().stream().filter(m -> m.label() == c.label()).mapToDouble(Mark::pValue).filter(p -> !Double.isNaN(p)).min();
    }

    /** @return what all verdicts say together */
    public Conclusion conclusion() {
        return Conclusion.of(m_classes.stream().map(c -> new Conclusion.Judged(name(c.label()), c.verdict())).toList());
    }
}
