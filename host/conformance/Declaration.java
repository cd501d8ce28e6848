/**
 * A declaration as text.
 *
 * @param text modifiers, kind, name, types, exceptions, annotations, constant or default
 * @param inherited the same without what a class may change that inherits it
 */
record Declaration(String text, String inherited) {
}
