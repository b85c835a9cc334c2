package org.inferencebridge.image;

import java.util.Map;
import java.util.TreeMap;
import org.inferencebridge.client.ParameterText;
import org.inferencebridge.v1.ParameterValue;
import org.inferencebridge.v1.Summary;

/** What became of an image, in one line. */
public final class Provenance {
    private Provenance() {
    }

    /** Operation, parameters that ran, weights, device, server's version. */
    public static String line(final Summary summary) {
        final StringBuilder line = new StringBuilder("InferenceBridge: ").append(summary.getOperation()).append(' ')
            .append(summary.getOperationVersion()).append(" (");
        String separator = "";
        for (final Map.Entry<String, ParameterValue> parameter : new TreeMap<>(summary.getParametersMap()).entrySet()) {
            line.append(separator).append(parameter.getKey()).append('=').append(ParameterText.format(parameter.getValue()));
            separator = ", ";
        }
        line.append(')');
        if (!summary.getWeightsSha256().isEmpty()) {
            line.append("; weights sha256 ").append(summary.getWeightsSha256());
        }
        line.append("; device ").append(summary.getDevice()).append("; server ").append(summary.getServerVersion());
        for (final String warning : summary.getWarningsList()) {
            line.append("; ").append(warning);
        }
        return line.toString();
    }
}
