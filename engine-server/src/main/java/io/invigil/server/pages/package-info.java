/** The interview and review pages, built by {@code client/} and served as files of the class path. */
package io.invigil.server.pages;
