package io.invigil.core.pipeline;

import com.lmax.disruptor.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last net under a stage thread. Stages never throw (StageHandler sees to that); should one all the same, the thread
 * goes on with the next frame instead of dying with the ring, as the stock handler would have it.
 */
final class SurvivingExceptionHandler implements ExceptionHandler<FrameSlot> {
    private static final Logger LOG = LoggerFactory.getLogger(SurvivingExceptionHandler.class);

    @Override
    public void handleEventException(Throwable failure, long sequence, FrameSlot slot) {
        try {
            LOG.error("a stage let an exception out on slot {}; going on", sequence, failure);
        } catch (Throwable untold) {
            // What a logger throws, or what there is no memory for, must not end the thread either.
        }
    }

    @Override
    public void handleOnStartException(Throwable failure) {
        LOG.error("a stage thread failed at its start", failure);
    }

    @Override
    public void handleOnShutdownException(Throwable failure) {
        LOG.error("a stage thread failed at its end", failure);
    }
}
