package org.inferencebridge.dialog;

import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;
import java.util.function.Consumer;

/** Adds fields to a dialog of ImageJ's and reads them as macro options. Its own recording and parsing are not used. */
final class Form {
    private final GenericDialog dialog;
    private final Consumer<String> hint;
    private final List<Field> fields = new ArrayList<>();

    Form(final GenericDialog dialog, final Consumer<String> hint) {
        this.dialog = dialog;
        this.hint = hint;
    }

    Choice addChoice(final String key, final List<String> values, final String value, final String help, final String usual) {
        dialog.addChoice(key, values.toArray(new String[0]), value);
        final Choice choice = (Choice) last(dialog.getChoices());
        add(new Field(key, help, choice, choice::getSelectedItem, usual));
        return choice;
    }

    Checkbox addCheckbox(final String key, final boolean value, final String help, final String usual) {
        dialog.addCheckbox(key, value);
        final Checkbox box = (Checkbox) last(dialog.getCheckboxes());
        add(new Field(key, help, box, () -> Boolean.toString(box.getState()), usual));
        return box;
    }

    TextField addText(final String key, final String value, final int columns, final String help, final String usual) {
        dialog.addStringField(key, value, columns);
        final TextField text = (TextField) last(dialog.getStringFields());
        add(new Field(key, help, text, text::getText, usual));
        return text;
    }

    TextField addNumber(final String key, final String value, final String unit, final String help) {
        dialog.addNumericField(key, 0, 0, 8, unit);
        final TextField text = (TextField) last(dialog.getNumericFields());
        text.setText(value);
        add(new Field(key, help, text, text::getText, null));
        return text;
    }

    void addFile(final String key, final String value, final String help) {
        dialog.addFileField(key, value, 24);
        final TextField text = (TextField) last(dialog.getStringFields());
        add(new Field(key, help, text, text::getText, ""));
    }

    List<Field> fields() {
        return fields;
    }

    /** All values; those that a reader may expect anyway are left out where {@code brief}. */
    OptionText options(final boolean brief) {
        final OptionText options = new OptionText();
        for (final Field field : fields) {
            if (!brief || !field.isUsual()) {
                options.put(field.key(), field.value());
            }
        }
        return options;
    }

    private void add(final Field field) {
        fields.add(field);
        field.component().addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(final FocusEvent e) {
                hint.accept(field.help());
            }
        });
    }

    private static Object last(final Vector<?> components) {
        return components.lastElement();
    }
}
