/** ImageJ's images as volumes and back: pixels plane by plane, calibration and everything that belongs to an image. */
package org.inferencebridge.image;
