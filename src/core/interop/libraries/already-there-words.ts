import { countText } from '../../units/count-text.ts'

/** What is said of sections that an import does not suggest a second time. */
export const alreadyThereWords = (sections: number): string =>
  `${countText(sections, 'section')} there already: suggested, decided on or labelled before`
