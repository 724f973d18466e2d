/** The whole service under load, over real sockets, and what its adapters cost beside the engine. */
package io.invigil.bench.service;
