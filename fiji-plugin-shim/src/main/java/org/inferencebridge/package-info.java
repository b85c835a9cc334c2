/** Commands of the menu Plugins > InferenceBridge, one class each. */
package org.inferencebridge;
