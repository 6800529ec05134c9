const OF_THE_PROGRAM = ['-h', '--help', '-V', '--version']

/** Without a command the page is served. A word that is none is not taken for an argument of it. */
export const withCommand = (argv: readonly string[]): readonly string[] => {
  const [first] = argv
  const isCommand = first !== undefined && (!first.startsWith('-') || OF_THE_PROGRAM.includes(first))
  return isCommand ? argv : ['serve', ...argv]
}
