import type { Command } from 'commander'
import { progressDocument } from '../../api/views/teaching-document.ts'
import type { Cli } from '../cli.ts'

export const labelsProgress = (cli: Cli): Command =>
  cli
    .command({
      name: 'progress',
      description: 'Say what got better with the last training, on the same labels, and what is still weak.',
      examples: ['algiers labels progress'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const progress = await app.labelling.teaching.progress()
          terminal.result(progressDocument(progress), () =>
            progress.words.length > 0
              ? progress.words
              : ['Nothing has been learnt from your labels yet: algiers train'],
          )
        }),
      ),
    )
