/** The types an application sees when it embeds the engine, and the provider interface the engine is found by. */
module io.invigil.api {
    exports io.invigil.api;
    exports io.invigil.api.spi;

    uses io.invigil.api.spi.JudgeProvider;
    uses io.invigil.api.spi.ProctoringEngineProvider;
}
