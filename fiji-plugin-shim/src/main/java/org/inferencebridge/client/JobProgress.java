package org.inferencebridge.client;

/** How far a job is; written by the threads of a call, read by the one that shows it. */
public final class JobProgress {
    private volatile String stage = "connecting";
    private volatile String device = "";
    private volatile long memory;
    private volatile double fraction;
    private volatile long toSend = 1;
    private volatile long sent;
    private volatile long computed;
    private volatile long received;
    private volatile long total;

    /** What is going on, in the server's words, with the device and the memory that it predicts: "computing on cpu, about 410 MiB". */
    public String stage() {
        return device.isEmpty() ? stage : stage + " on " + device + (memory == 0 ? "" : ", about " + Math.max(1, memory >> 20) + " MiB");
    }

    /** How much is done, from 0 to 1: half for the upload, half for the result. */
    public double fraction() {
        final double back = total == 0 ? 0 : (double) received / total;

        // While the server iterates, no plane comes; then they come all at once.
        final double result = Math.max(back, 0.95 * fraction + 0.05 * back);
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
        memory = 0;
        fraction = 0;
        toSend = Math.max(1, planesToSend);
        sent = 0;
        computed = 0;
        received = 0;
        total = 0;
    }

    void sent(final long planes) {
        sent += planes;
    }

    void accepted(final String onDevice, final long predictedMemory, final long planes) {
        device = onDevice;
        memory = predictedMemory;
        total = planes;
    }

    void computed(final String inStage, final long planes, final double part) {
        stage = inStage;
        fraction = Math.max(fraction, part);
        computed = planes;
    }

    void received(final long planes) {
        received = planes;
    }
}
