import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { trackIdsOf } from '../track-ids.ts'

export const libraryIgnore = (cli: Cli): Command =>
  cli
    .command({
      name: 'ignore',
      description:
        'Make scans pass over the files of tracks. Tracks you have worked on are kept as missing; the others are removed.',
      examples: ['algiers library ignore 12', 'algiers library ignore ~/Music/jingle.mp3'],
    })
    .argument('<track...>', 'ids, digests, paths or parts of names')
    .action(
      cli.run(async (terminal, _options: object, references: readonly string[]) =>
        cli.withApp(async (app) => {
          const ignored = await app.collection.ignoreTracks(await trackIdsOf(app, references))
          terminal.result(snakeCase(ignored), () => [
            `Files ignored: ${ignored.ignoredFiles}. Tracks removed: ${ignored.removed}, kept as missing: ${ignored.kept}.`,
          ])
        }),
      ),
    )
