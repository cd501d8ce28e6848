package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.migration.ConfigMigration;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.migration.NodeParametersMigration;
import org.knime.node.parameters.persistence.Persist;
import org.spectralsignatures.host.parameters.ParametersPersistence;
import org.spectralsignatures.host.settings.ConfigAccess;

/** Parameters of nodes are saved under the keys and types that KNIME gives them, and load as in KNIME. */
class ParametersTest {

    enum Shape {
        L, X
    }

    static class Group implements NodeParameters {
        int m_inner = 4;
    }

    static class All implements NodeParameters {
        int m_int = 1;

        Long m_long = 2L;

        double m_double = .5;

        float m_float = .25f;

        boolean m_flag = true;

        String m_text = "a";

        Shape m_shape = Shape.X;

        String[] m_texts = {"a", "b"};

        int[] m_ints = {7};

        double[] m_doubles = {1.5};

        long[] m_longs = {8};

        boolean[] m_flags = {false};

        Group m_group = new Group();

        int plain = 5;

        @Persist(configKey = "other key")
        int m_renamed = 6;

        @Persist(hidden = true)
        int m_hidden = 9;

        static int s_ignored = 3;

        transient int m_ignored = 3;
    }

    static class Later extends Group {
        @Migrate(loadDefaultIfAbsent = true)
        int m_added = 11;
    }

    static class Changed extends Group {
        @Migration(Before.class)
        int m_changed = 12;

        static class Before implements DefaultProvider<Integer> {
            @Override
            public Integer getDefault() {
                return 11;
            }
        }
    }

    static class Moved extends Group {
        @Migration(Elsewhere.class)
        int m_moved = 12;

        static class Elsewhere implements NodeParametersMigration<Integer> {
            @Override
            public List<ConfigMigration<Integer>> getConfigMigrations() {
                return List.of();
            }
        }
    }

    static class Dated implements NodeParameters {
        LocalDate m_date = LocalDate.EPOCH;
    }

    private static NodeSettings save(final NodeParameters parameters) {
        final var settings = new NodeSettings("model");
        ParametersPersistence.save(parameters, settings);
        return settings;
    }

    @Test
    void everyTypeHasItsKeyAndEntry() throws Exception {
        final var lines = new ArrayList<String>();
        final NodeSettings settings = save(new All());
        for (String key : settings) {
            lines.add(key + (ConfigAccess.child(settings, key) instanceof ConfigAccess.Entry e ? " " + e.type() + " " + e.value()
                : " " + settings.getNodeSettings(key).keySet()));
        }
        assertEquals(List.of("int xint 1", "long xlong 2", "double xdouble 0.5", "float xfloat 0.25", "flag xboolean true", "text xstring a", "shape xstring X",
            "texts [array-size, 0, 1]", "ints [array-size, 0]", "doubles [array-size, 0]", "longs [array-size, 0]", "flags [array-size, 0]", "group [inner]",
            "plain xint 5", "other key xint 6", "hidden_Internals xint 9"), lines);
    }

    @Test
    void whatIsSavedLoads() throws Exception {
        final var all = new All();
        all.m_text = null;
        all.m_shape = Shape.L;
        all.m_ints = new int[]{1, 2, 3};
        all.m_group.m_inner = 40;
        all.m_renamed = 60;
        final All loaded = ParametersPersistence.load(All.class, save(all));
        assertEquals(save(all), save(loaded));
        assertEquals(Shape.L, loaded.m_shape);
        assertArrayEquals(all.m_ints, loaded.m_ints);
        assertEquals(40, loaded.m_group.m_inner);
        assertEquals(60, loaded.m_renamed);
    }

    private static String problem(final NodeSettings settings) {
        return assertThrows(InvalidSettingsException.class, () -> ParametersPersistence.load(All.class, settings)).getMessage();
    }

    @Test
    void whatIsMissingOrWrongIsAnError() {
        final NodeSettings absent = save(new All());
        ConfigAccess.remove(absent, "int");
        assertTrue(problem(absent).contains("int"));
        final NodeSettings mistyped = save(new All());
        mistyped.addString("int", "1");
        assertTrue(problem(mistyped).contains("int"));
        final NodeSettings unknown = save(new All());
        unknown.addString("shape", "T");
        assertTrue(problem(unknown).contains("'T' is none of L, X"));
        final NodeSettings none = save(new All());
        none.addString("shape", null);
        assertTrue(problem(none).contains("none of L, X"));
    }

    @Test
    void whatCameLaterMayBeAbsent() throws Exception {
        final var settings = new NodeSettings("model");
        settings.addInt("inner", 3);
        final Later loaded = ParametersPersistence.load(Later.class, settings);
        assertEquals(11, loaded.m_added);
        assertEquals(3, loaded.m_inner);
        settings.addInt("added", 12);
        assertEquals(12, ParametersPersistence.load(Later.class, settings).m_added);
    }

    @Test
    void whatCameLaterMayHaveHadAnotherValueBefore() throws Exception {
        final var settings = new NodeSettings("model");
        settings.addInt("inner", 3);
        assertEquals(11, ParametersPersistence.load(Changed.class, settings).m_changed);
        settings.addInt("changed", 13);
        assertEquals(13, ParametersPersistence.load(Changed.class, settings).m_changed);
        assertEquals(12, ParametersPersistence.create(Changed.class).m_changed);
        assertThrows(IllegalStateException.class, () -> ParametersPersistence.load(Moved.class, settings));
    }

    @Test
    void otherTypesFailLoudly() {
        assertTrue(assertThrows(IllegalStateException.class, () -> save(new Dated())).getMessage().contains("java.time.LocalDate"));
        assertThrows(IllegalStateException.class, () -> ParametersPersistence.load(Dated.class, new NodeSettings("model")));
    }
}
