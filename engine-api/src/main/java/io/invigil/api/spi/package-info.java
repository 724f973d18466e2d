/** How an engine implementation is found. Applications do not need this package. */
package io.invigil.api.spi;
