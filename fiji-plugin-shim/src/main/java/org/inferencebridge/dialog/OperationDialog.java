package org.inferencebridge.dialog;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GenericDialog;
import ij.io.OpenDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Panel;
import java.awt.Point;
import java.awt.TextArea;
import java.util.ArrayList;
import java.util.List;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.client.ParameterText;
import org.inferencebridge.client.ServerAddress;
import org.inferencebridge.image.ImageFinder;
import org.inferencebridge.image.Selection;
import org.inferencebridge.v1.Input;
import org.inferencebridge.v1.Operation;
import org.inferencebridge.v1.Parameter;

/** The dialog of a command, built from what the server declares; choosing another operation builds it anew. */
public final class OperationDialog {
    private static final String FROM_FILE = "File...";
    private static final String NONE = "None";

    private final String title;
    private final OperationChoice choice;
    private final ImagePlus image;
    private final ServerAddress address;
    private Operation operation;
    private Operation next;
    private Point location;
    private GenericDialog dialog;
    private TextArea hint;
    private Form form;
    private Checkbox previewBox;
    private Preview preview;

    /**
     * @param title of the command
     * @param choice the operations that it offers
     * @param image the active image
     * @param address the server, for the preview
     */
    public OperationDialog(final String title, final OperationChoice choice, final ImagePlus image, final ServerAddress address) {
        this.title = title;
        this.choice = choice;
        this.image = image;
        this.address = address;
        operation = choice.first();
    }

    /**
     * Shows it until a person presses OK, and records what was chosen.
     *
     * @return null where it was cancelled
     * @throws BridgeException what was chosen is not acceptable after all
     */
    public Settings ask() throws BridgeException {
        preview = new Preview(image, address, this::say);
        try {
            do {
                next = null;
                build();
                dialog.showDialog();
                location = dialog.getLocation();
                if (next != null) {
                    operation = next;
                } else if (dialog.wasCanceled()) {
                    return null;
                }
            } while (next != null);
        } finally {
            preview.close();
        }
        return accept();
    }

    private void build() {
        dialog = new GenericDialog(title);
        if (location != null) {
            dialog.centerDialog(false);
            dialog.setLocation(location.x, location.y);
        }
        hint = new TextArea("", 3, 60, TextArea.SCROLLBARS_NONE);
        hint.setEditable(false);
        hint.setFocusable(false);
        form = new Form(dialog, this::say);
        final Choice models = form.addChoice(choice.key(), choice.names(), choice.name(operation), operation.getDescription(), null);
        models.addItemListener(e -> rebuild(models.getSelectedItem()));
        for (final Input input : Keys.auxiliaries(operation)) {
            addAuxiliary(input);
        }
        for (final Parameter parameter : operation.getParametersList()) {
            addParameter(parameter);
        }
        addImageFields();
        previewBox = null;
        dialog.addCheckbox("Preview the current plane", false);
        previewBox = (Checkbox) dialog.getCheckboxes().lastElement();
        final Panel panel = new Panel();
        panel.add(hint);
        dialog.addPanel(panel);
        say(operation.getSummary() + ". " + operation.getDescription());
        dialog.addHelp(HelpText.page(operation));
        dialog.addDialogListener((source, event) -> changed());
    }

    private void addAuxiliary(final Input input) {
        final List<String> values = new ArrayList<>();
        if (!input.getRequired()) {
            values.add(NONE);
        }
        values.addAll(ImageFinder.titles());
        values.add(FROM_FILE);
        final String last = LastValues.get(operation.getId(), input.getName(), likely(values, input.getName()));
        form.addChoice(input.getName(), values, values.contains(last) ? last : values.get(0), input.getHelp(), NONE);
    }

    private static String likely(final List<String> titles, final String name) {
        return titles.stream().filter(candidate -> candidate.toLowerCase(java.util.Locale.ROOT).contains(name)).findFirst().orElse(titles.get(0));
    }

    private void addParameter(final Parameter parameter) {
        final String key = Keys.of(operation, parameter);
        final String value = LastValues.get(operation.getId(), key, ParameterText.defaultText(parameter));
        final String help = HelpText.of(parameter);
        switch (parameter.getKindCase()) {
            case NUMBER:
            case INTEGER:
                form.addNumber(key, value, HelpText.unitAndRange(parameter), help);
                break;
            case BOOLEAN:
                form.addCheckbox(key, value.equals("true"), help, null);
                break;
            default:
                form.addChoice(key, ParameterText.choices(parameter), value, help, null);
                break;
        }
    }

    private void addImageFields() {
        addRange(Keys.CHANNELS, image.getNChannels());
        addRange(Keys.SLICES, image.getNSlices());
        addRange(Keys.FRAMES, image.getNFrames());
        if (Selection.hasArea(image)) {
            form.addCheckbox(Keys.CROP, false, "Sends the bounding box of the selection only.", "false");
        }
        form.addChoice(Keys.TYPE, ResultType.texts(), ResultType.AUTOMATIC.text(), "Pixel type of the result; automatic follows the operation.",
            ResultType.AUTOMATIC.text());
        form.addChoice(Keys.OUTPUT, Output.texts(), Output.AUTOMATIC.text(),
            "Where the result goes. Automatic takes memory where it fits, else a virtual stack over a temporary file.", Output.AUTOMATIC.text());
        if (!image.getStack().isVirtual()) {
            form.addCheckbox(Keys.IN_PLACE, false, "Replaces the pixels of the image itself.", "false");
        }
    }

    private void addRange(final String key, final int size) {
        if (size > 1) {
            form.addText(key, "all", 10, "All " + size + " " + key + ", or numbers and ranges such as 1,3-" + size + ".", "all");
        }
    }

    private void rebuild(final String name) {
        try {
            next = choice.find(name);
            dialog.dispose();
        } catch (final BridgeException e) {
            say(e.getMessage());
        }
    }

    private boolean changed() {
        if (next != null) {
            return true;
        }
        try {
            final Settings settings = new Settings(operation, new MacroOptions(form.options(false).text()), image);
            if (previewBox != null && previewBox.getState()) {
                preview.show(settings);
            } else {
                preview.hide();
            }
            return true;
        } catch (final BridgeException e) {
            say(e.getMessage());
            return false;
        }
    }

    private void say(final String text) {
        hint.setText(text);
    }

    private Settings accept() throws BridgeException {
        final OptionText options = form.options(true);
        for (final Input input : Keys.auxiliaries(operation)) {
            if (FROM_FILE.equals(new MacroOptions(options.text()).get(input.getName(), ""))) {
                options.put(input.getName(), chooseFile(input.getName()));
            }
        }
        if (Output.FILE.text().equals(new MacroOptions(options.text()).get(Keys.OUTPUT, ""))) {
            options.put(Keys.SAVE, saveFile());
        }
        for (final Field field : form.fields()) {
            LastValues.put(operation.getId(), field);
        }
        final Settings settings = new Settings(operation, new MacroOptions(options.text()), image);
        options.record();
        return settings;
    }

    private static String chooseFile(final String input) {
        final String path = new OpenDialog("Image for " + input).getPath();
        return path == null ? "" : path;
    }

    private String saveFile() {
        final ij.io.SaveDialog save = new ij.io.SaveDialog("Result", image.getShortTitle() + "-" + choice.name(operation), ".tif");
        IJ.showStatus("");
        return save.getFileName() == null ? "" : save.getDirectory() + save.getFileName();
    }
}
