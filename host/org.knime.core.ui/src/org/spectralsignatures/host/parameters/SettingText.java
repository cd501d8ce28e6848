package org.spectralsignatures.host.parameters;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;

/**
 * What a setting is called, by those who see the dialog and by those who write its key.
 *
 * @param key in saved settings
 * @param title in the dialog
 * @param choices values of an enum, in their order; empty for any other type
 */
public record SettingText(String key, String title, List<Choice> choices) {

    /**
     * A value of an enum.
     *
     * @param value as it is saved
     * @param title as the dialog shows it
     */
    public record Choice(String value, String title) {
    }

    /** What can say so of its settings. */
    public interface Source {

        /** @return those that the dialog shows, in its order, which is also that of the options in the node's description */
        List<SettingText> settingTexts();
    }

    /** @return those of a class that the dialog shows, in its order */
    public static List<SettingText> of(final Class<? extends NodeParameters> parameters) {
        return Arrays.stream(parameters.getDeclaredFields()).filter(f -> f.isAnnotationPresent(Widget.class))
            .map(f -> new SettingText(ParametersPersistence.key(f), f.getAnnotation(Widget.class).title(), choices(f.getType()))).toList();
    }

    private static List<Choice> choices(final Class<?> type) {
        return Arrays.stream(type.getFields()).filter(Field::isEnumConstant).map(f -> new Choice(f.getName(),
            f.isAnnotationPresent(Label.class) ? f.getAnnotation(Label.class).value() : f.getName())).toList();
    }
}
