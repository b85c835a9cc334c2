package org.inferencebridge.client;

/** How far a job is; written by the threads of a call, read by the one that shows it. */
public final class JobProgress {
    private volatile String stage = "connecting";
    private volatile String device = "";
    private volatile long toSend = 1;
    private volatile long sent;
    private volatile long computed;
    private volatile long received;
    private volatile long total;

    /** What is going on, in the server's words, with the device: "computing on cpu". */
    public String stage() {
        return device.isEmpty() ? stage : stage + " on " + device;
    }

    /** How much is done, from 0 to 1: half for the upload, half for the result. */
    public double fraction() {
        final double result = total == 0 ? 0 : (double) received / total;
        return 0.5 * sent / toSend + 0.5 * result;
    }

    /** Planes of the result that have come. */
    public long received() {
        return received;
    }

    /** Planes that the server has computed. */
    public long computed() {
        return computed;
    }

    /** Planes of the result; 0 until the server has accepted the job. */
    public long total() {
        return total;
    }

    void start(final long planesToSend) {
        stage = "uploading";
        device = "";
        toSend = Math.max(1, planesToSend);
        sent = 0;
        computed = 0;
        received = 0;
        total = 0;
    }

    void sent(final long planes) {
        sent += planes;
    }

    void accepted(final String onDevice, final long planes) {
        device = onDevice;
        total = planes;
    }

    void computed(final String inStage, final long planes) {
        stage = inStage;
        computed = planes;
    }

    void received(final long planes) {
        received = planes;
    }
}
