/**
 * What perception hands to judgement, in memory that is used again for the next frame. The values that an application may keep
 * are io.invigil.api's; they are made from these where somebody asks for them (docs/adr/0005).
 */
package io.invigil.core.sight;
