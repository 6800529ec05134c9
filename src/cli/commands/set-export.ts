import { type Command, Option } from 'commander'
import { LIBRARY_FILE_NAMES, type LibraryFileName } from '../../core/interop/libraries/written-library-traits.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parsePath, parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const setExport = (cli: Cli): Command =>
  cli
    .command({
      name: 'export',
      description:
        'Write a set for another DJ program: a playlist, and where the format holds cues, the points where to mix as memory cues. Never over a file.',
      examples: ['algiers set export 3 friday.m3u8', 'algiers set export 3 friday.xml --format rekordbox-xml'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .argument('<output>', 'a file that is not there yet, or a folder', parsePath)
    .addOption(new Option('--format <format>', 'what to write').choices(LIBRARY_FILE_NAMES).default('m3u8'))
    .action(
      cli.run(async (terminal, { format }: { readonly format: LibraryFileName }, id: number, output: string) =>
        cli.withApp(async (app) => {
          const written = await app.sets.kept.write(id, { format, output })
          terminal.result(snakeCase(written), () => [
            `Written to ${printable(written.file)}`,
            ...written.leftOut.map(({ title, reason }) => `Left out: ${printable(title)}. ${reason}`),
          ])
        }),
      ),
    )
