/** Calls to a server: catalogue and jobs, streamed both ways. Knows gRPC, and nothing of ImageJ. */
package org.inferencebridge.client;
