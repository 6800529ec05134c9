import { BUNDLE_ENDING } from '../core/models/bundle-file.ts'

const OF_THE_PROGRAM = ['-h', '--help', '-V', '--version']

/** As a desktop hands over what was double-clicked; no command is called like that. */
const isFile = (word: string): boolean => /[\\/]/.test(word) || word.toLowerCase().endsWith(BUNDLE_ENDING)

/** Without a command the page is served, and a file is opened. A word that is neither is not taken for an argument. */
export const withCommand = (argv: readonly string[]): readonly string[] => {
  const [first] = argv
  if (first !== undefined && !first.startsWith('-') && isFile(first)) return ['open', ...argv]
  const isCommand = first !== undefined && (!first.startsWith('-') || OF_THE_PROGRAM.includes(first))
  return isCommand ? argv : ['serve', ...argv]
}
