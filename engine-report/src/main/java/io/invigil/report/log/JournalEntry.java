package io.invigil.report.log;

/** One line of an observation log after its head: something the session was judged by, in the order of judgement. */
public sealed interface JournalEntry permits LoggedObservation, FailedFrame, LoggedSignal {}
