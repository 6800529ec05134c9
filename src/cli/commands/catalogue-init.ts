import type { Command } from 'commander'
import { parsePath } from '../argument-parsers.ts'
import { type CatalogueOptions, withCatalogueOption } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'

type Options = CatalogueOptions & { readonly objects?: string }

export const catalogueInit = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'init',
      description: 'Set up a catalogue in an empty PostgreSQL database, and make its first owner.',
      examples: ['algiers catalogue init --catalogue postgres://me@localhost/music --objects s3://derived/algiers'],
    }),
  )
    .option(
      '--objects <place>',
      'where waveforms and features lie: a folder that every machine sees, or s3://bucket/prefix (default: the database)',
      parsePath,
    )
    .action(
      cli.run(async (terminal, { catalogue, objects }: Options) => {
        const { initCatalogue } = await import('../../catalogue.ts')
        const made = await initCatalogue(catalogue, objects ?? null)
        terminal.result(made, () => [
          `Set up the catalogue at ${made.address}.`,
          `Token of its owner, shown only now: ${made.owner.token}`,
          'Fill it with: algiers catalogue add <folder or s3://bucket/prefix>',
        ])
      }),
    )
