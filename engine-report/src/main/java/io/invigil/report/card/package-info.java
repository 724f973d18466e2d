/** Detector cards: what was measured of each kind of alert, on what, when and with which models. */
package io.invigil.report.card;
