/** What a person or a macro says: dialogs built from declarations, macro options, recording, preview. */
package org.inferencebridge.dialog;
