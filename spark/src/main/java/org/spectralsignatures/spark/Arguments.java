package org.spectralsignatures.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The arguments of one command: places first or anywhere, and options of the form {@code --name=value}. */
final class Arguments {

    private final String command;

    private final List<String> places = new ArrayList<>();

    private final Map<String, String> options;

    /**
     * @param command its name, for messages
     * @param defaults the options that there are, with their values where none is given
     * @param wanted what the places are, for messages, as many as there must be
     * @param arguments as typed, without the command
     */
    Arguments(final String command, final Map<String, String> defaults, final List<String> wanted, final List<String> arguments) {
        this.command = command;
        options = new LinkedHashMap<>(defaults);
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                option(argument);
            } else {
                places.add(argument);
            }
        }
        if (places.size() != wanted.size()) {
            throw new Refusal("'%s' takes %d places (%s), but %d were given%s. Options are written as one word, --name=value.".formatted(command, wanted.size(),
                String.join(" ", wanted), places.size(), places.isEmpty() ? "" : ": " + String.join(" ", places)));
        }
    }

    private void option(final String argument) {
        final int equals = argument.indexOf('=');
        final String name = argument.substring(2, equals < 0 ? argument.length() : equals);
        if (!options.containsKey(name)) {
            throw new Refusal("'%s' has no option --%s. It has: --%s.".formatted(command, name, String.join(", --", options.keySet())));
        }
        if (equals < 0 || equals == argument.length() - 1) {
            throw new Refusal("The option --%s needs a value, as in --%s=%s.".formatted(name, name, options.get(name).isEmpty() ? "VALUE" : options.get(name)));
        }
        options.put(name, argument.substring(equals + 1));
    }

    String place(final int index) {
        return places.get(index);
    }

    String text(final String name) {
        return options.get(name);
    }

    boolean has(final String name) {
        return options.containsKey(name);
    }

    boolean given(final String name) {
        return !options.get(name).isEmpty();
    }

    String oneOf(final String name, final List<String> allowed) {
        final String value = options.get(name);
        if (!allowed.contains(value)) {
            throw new Refusal("--%s is '%s', but must be one of: %s.".formatted(name, value, String.join(", ", allowed)));
        }
        return value;
    }

    long whole(final String name, final long least, final long most) {
        final String value = options.get(name);
        try {
            final long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) { // NOSONAR said below
        }
        throw new Refusal("--%s is '%s', but must be a whole number from %d to %d.".formatted(name, value, least, most));
    }

    /** @return what a value of the library is made of; what it refuses is refused here */
    static <T> T checked(final Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
    }

    double number(final String name) {
        final String value = options.get(name);
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new Refusal("--%s is '%s', but must be a number.".formatted(name, value));
        }
    }
}
