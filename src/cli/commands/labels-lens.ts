import { type Command, InvalidArgumentError } from 'commander'
import { isSectionKind, SECTION_COLOURS, type SectionKind } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import { parseName } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

type Given = { readonly name: string; readonly mapsTo: SectionKind }
type Options = { readonly remove?: boolean; readonly removeKind?: string }

/** As `second drop=drop`. */
const parseKind = (text: string, before: readonly Given[] = []): readonly Given[] => {
  const at = text.lastIndexOf('=')
  const mapsTo = text.slice(at + 1).trim()
  if (at < 1 || !isSectionKind(mapsTo))
    throw new InvalidArgumentError('It must be a name and what it stands for, such as "second drop=drop".')
  return [...before, { name: parseName(text.slice(0, at)), mapsTo }]
}

export const labelsLens = (cli: Cli): Command =>
  cli
    .command({
      name: 'lens',
      description: 'Make a lens, a vocabulary of your own, and add kinds to it; or remove one.',
      examples: [
        'algiers labels lens Club "second drop=drop" "vocal break=break"',
        'algiers labels add "Summer Nights" "second drop" 256 320',
        'algiers labels lens Club --remove-kind "vocal break"',
      ],
    })
    .argument('<name>', 'of the lens', parseName)
    .argument('[kinds...]', 'each with what it stands for, such as "second drop=drop"', parseKind)
    .option('--remove-kind <name>', 'take a kind out of it; labels keep it')
    .option('--remove', 'remove the lens; labels keep its kinds')
    .action(
      cli.run(async (terminal, { remove, removeKind }: Options, name: string, kinds: readonly Given[] = []) =>
        cli.withApp(async ({ labelling: { lenses } }) => {
          const found = (await lenses.list()).find((lens) => lens.name.toLowerCase() === name.toLowerCase())
          if (remove || removeKind !== undefined) {
            if (found === undefined) throw new UserError('LENS_NOT_FOUND', `No lens is called "${name}".`)
            const kind = found.kinds.find((one) => one.name.toLowerCase() === removeKind?.toLowerCase())
            if (removeKind !== undefined && kind === undefined)
              throw new UserError('OWN_KIND_NOT_FOUND', `${found.name} has no kind "${removeKind}".`)
            const { stepId } = kind ? await lenses.removeKind(kind.id) : await lenses.remove(found.id)
            terminal.result({ removed: kind?.name ?? found.name, step_id: stepId }, () => [
              printable(`${kind?.name ?? found.name} is removed; labels keep what they have.`),
              'Take it back with: algiers labels undo',
            ])
            return
          }
          const { id } = found ?? (await lenses.add(name))
          for (const kind of kinds)
            await lenses.addKind(id, { ...kind, colour: SECTION_COLOURS[kind.mapsTo], key: null })
          const lens = (await lenses.list()).find((one) => one.id === id)!
          terminal.result({ lens: snakeCase(lens) }, () => [
            printable(`${lens.name}: ${lens.kinds.map((kind) => kind.name).join(', ') || 'no kinds yet'}`),
          ])
        }),
      ),
    )
