import type { Command } from 'commander'
import type { Cli } from '../cli.ts'

export const libraryWhere = (cli: Cli): Command =>
  cli
    .command({
      name: 'where',
      description: 'Say where the library lies. It stays there when Algiers is removed.',
      examples: ['algiers library where'],
    })
    .action(
      cli.run(async (terminal) => {
        const exists = await cli.withTools((tools) => tools.hasLibrary())
        terminal.result({ data_dir: cli.dataDir, exists }, () => [
          exists ? cli.dataDir : `${cli.dataDir} (there is no library yet)`,
        ])
      }),
    )
