import { type Command, Option } from 'commander'
import {
  LONGEST_COMMENT,
  MOST_STARS,
  NOTE_COLOURS,
  type NoteColour,
  type NotesChange,
} from '../../core/library/track-notes.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parseNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { noteLine } from '../note-lines.ts'
import { printable } from '../printable.ts'
import { UsageError } from '../usage-error.ts'

type Options = {
  readonly rating?: number
  readonly colour?: NoteColour | 'none'
  readonly comment?: string
  readonly tag?: readonly string[]
  readonly untag?: readonly string[]
}

const parseRating = (text: string): number =>
  parseNumber(
    text,
    (value) => Number.isInteger(value) && value >= 0 && value <= MOST_STARS,
    'a whole number from 0 to 5',
  )

const collect = (tag: string, before: readonly string[] = []): readonly string[] => [...before, tag]

const changeOf = ({ rating, colour, comment, tag, untag }: Options): NotesChange => ({
  ...(rating === undefined ? {} : { rating: rating || null }),
  ...(colour === undefined ? {} : { colour: colour === 'none' ? null : colour }),
  ...(comment === undefined ? {} : { comment }),
  ...(tag === undefined ? {} : { addTags: tag }),
  ...(untag === undefined ? {} : { removeTags: untag }),
})

export const note = (cli: Cli): Command =>
  cli
    .command({
      name: 'note',
      description: 'Rate, colour, comment on or tag tracks. This is kept in the library; the files are not changed.',
      examples: [
        'algiers note "Summer Nights" --rating 5 --tag peak',
        'algiers note 12 13 14 --colour red --untag opener',
        'algiers note 12 --comment "long intro"',
      ],
    })
    .argument('<tracks...>', 'id, path, or part of the title or file name')
    .option('--rating <stars>', '1 to 5; 0 removes the rating', parseRating)
    .addOption(new Option('--colour <colour>', 'none removes it').choices([...NOTE_COLOURS, 'none']))
    .option('--comment <text>', 'an empty one removes it')
    .option('--tag <tag>', 'add a tag of your own; may be repeated', collect)
    .option('--untag <tag>', 'remove a tag of your own; may be repeated', collect)
    .action(
      cli.run(async (terminal, options: Options, references: readonly string[]) =>
        cli.withApp(async (app) => {
          const change = changeOf(options)
          if (Object.keys(change).length === 0)
            throw new UsageError('Say what to note: --rating, --colour, --comment, --tag or --untag.')
          if ((change.comment?.length ?? 0) > LONGEST_COMMENT)
            throw new UsageError(`A comment can have at most ${LONGEST_COMMENT} characters.`)
          const changed = await app.collection.changeNotes(references, change)
          const tracks = await Promise.all(references.map((reference) => app.collection.track(reference)))
          terminal.result({ changed: snakeCase(changed) }, () =>
            tracks.map(({ id, title, notes }) => `${id} ${printable(title)}: ${noteLine(notes)}`),
          )
        }),
      ),
    )
