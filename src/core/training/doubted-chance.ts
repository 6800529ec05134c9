/**
 * A name to which a model that has not seen it gives less than this chance is worth a second look. Chosen on generated and human-labelled
 * tracks with one name in ten wrong; what it finds in the corpus is printed by `npm run evaluate -- DIR --imported` (decision 0038).
 */
export const DOUBTED_CHANCE = 0.05
