/** One run of an operation on an image: progress, Esc, errors, and the result on the screen. */
package org.inferencebridge.job;
