import { type ReactElement, useState } from 'react'
import { LONGEST_KIND_NAME, OWN_KIND_KEYS } from '../../core/labels/own-kind.ts'
import { SECTION_COLOURS, SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { takeFocus } from '../kit/take-focus.ts'
import type { Lens } from '../queries/use-own-kinds.ts'
import styles from './lenses-panel.module.css'

type OwnKey = (typeof OWN_KIND_KEYS)[number]

const ownKeyOf = (key: string | null): OwnKey | null => OWN_KIND_KEYS.find((one) => one === key) ?? null

/** What a kind of the person's own is made of. */
type KindParts = Pick<Lens['kinds'][number], 'name' | 'colour' | 'key' | 'maps_to'>
type KindBody = KindParts & { readonly key: OwnKey | null }

const NEW_KIND: KindParts = { name: '', colour: SECTION_COLOURS.drop, key: null, maps_to: 'drop' }

type OwnKindFormProps = {
  readonly title: string
  /** What the button says. */
  readonly does: string
  /** A kind that is there; a new one where left out. */
  readonly kind?: KindParts
  /** Labels of it: they change with what it stands for. @default 0 */
  readonly labels?: number
  /** Keys that other kinds have. */
  readonly taken: ReadonlySet<string>
  /** @returns whether it was kept */
  readonly onKeep: (body: KindBody) => Promise<boolean>
  /** Left out where the form is always there; one that was opened has the focus. */
  readonly onCancel?: () => void
}

/** Makes a kind of the person's own, or changes one. */
export const OwnKindForm = ({
  title,
  does,
  kind = NEW_KIND,
  labels = 0,
  taken,
  onKeep,
  onCancel,
}: OwnKindFormProps): ReactElement => {
  const [body, setBody] = useState<KindBody>({
    name: kind.name,
    colour: kind.colour,
    key: ownKeyOf(kind.key),
    maps_to: kind.maps_to,
  })
  const [state, setState] = useState<'quiet' | 'asking' | 'kept'>('quiet')
  const change = (part: Partial<KindBody>): void => {
    setState('quiet')
    setBody({ ...body, ...part })
  }
  const mapTo = (mapsTo: SectionKind): void => {
    // A colour that was chosen stays; that of the kind before follows.
    const isOwn = body.colour !== SECTION_COLOURS[body.maps_to]
    change({ maps_to: mapsTo, ...(isOwn ? {} : { colour: SECTION_COLOURS[mapsTo] }) })
  }
  const isOther = labels > 0 && body.maps_to !== kind.maps_to
  const keep = async (): Promise<void> => {
    setState((before) => (before === 'asking' ? 'kept' : before))
    if (await onKeep({ ...body, name: body.name.trim() })) setBody({ ...body, name: '', key: null })
  }
  return (
    <form
      className={styles.fields}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        if (isOther) setState('asking')
        else void keep()
      }}
    >
      <label>
        Kind{' '}
        <input
          ref={onCancel ? takeFocus : null}
          value={body.name}
          maxLength={LONGEST_KIND_NAME}
          onChange={({ target }) => change({ name: target.value })}
        />
      </label>
      <label>
        Stands for{' '}
        <select value={body.maps_to} onChange={({ target }) => mapTo(target.value as SectionKind)}>
          {SECTION_KINDS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label>
        Colour <input type="color" value={body.colour} onChange={({ target }) => change({ colour: target.value })} />
      </label>
      <label>
        Key{' '}
        <select value={body.key ?? ''} onChange={({ target }) => change({ key: ownKeyOf(target.value) })}>
          <option value="">none</option>
          {OWN_KIND_KEYS.map((one) => (
            <option key={one} disabled={taken.has(one)}>
              {one}
            </option>
          ))}
        </select>
      </label>
      {state === 'asking' ? (
        <>
          <span>
            {countText(labels, 'label')} will be {body.maps_to} instead of {kind.maps_to}.
          </span>
          <Button ref={takeFocus} onClick={() => setState('kept')}>
            Not yet
          </Button>
          <Button look="danger" onClick={() => void keep()}>
            Change the labels
          </Button>
        </>
      ) : (
        <Button ref={state === 'kept' ? takeFocus : null} type="submit" disabled={body.name.trim() === ''}>
          {does}
        </Button>
      )}
      {onCancel && <Button onClick={onCancel}>Cancel</Button>}
    </form>
  )
}
