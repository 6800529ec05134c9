import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { SectionStrip } from '../kit/elements/section-strip.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { stopPreview } from '../player/preview.ts'
import { makeStep } from '../queries/label-step-changes.ts'
import { checkKey, type Said, SpotCheck, type SurePreview } from './spot-check.tsx'
import styles from './sure-suggestions.module.css'
import { FIRST_FORM, type SureForm, SureWish, wishOf } from './sure-wish.tsx'

const Strips = ({ preview }: { readonly preview: SurePreview }): ReactElement => (
  <ul className={styles.strips} aria-label="What would be accepted">
    {preview.strips.map(({ track_id, title, suggestions, strip }) => (
      <li key={track_id}>
        <Link to={deskPath(track_id)}>{title}</Link>
        <SectionStrip strip={strip} />
        <span className="quiet figures">+{suggestions}</span>
      </li>
    ))}
  </ul>
)

type Shown = { readonly form: SureForm; readonly preview: SurePreview }

const Preview = ({ form, preview, onDone }: Shown & { readonly onDone: () => void }): ReactElement => {
  const queries = useQueryClient()
  const [said, setSaid] = useState<Said>({})
  const [isAccepting, setAccepting] = useState(false)
  useEffect(() => stopPreview, [])
  const { suggestions, tracks, expected_right, spot_check } = preview
  if (suggestions === 0) return <p className="quiet">Nothing is that sure: lower the share, or train on more labels.</p>
  const wrong = spot_check.filter((one) => said[checkKey(one)] === 'wrong')
  const open = spot_check.filter((one) => said[checkKey(one)] === undefined).length
  const accept = async (): Promise<void> => {
    if (isAccepting) return
    const except = wrong.map(({ track_id, id }) => ({ track_id, id }))
    setAccepting(true)
    try {
      const { step_id, says } = await client.acceptSure({ body: { ...wishOf(form), except } })
      if (step_id === null) notify({ tone: 'plain', title: says })
      else await makeStep(queries, Promise.resolve({ step_id, says }))
      onDone()
    } catch (error) {
      setAccepting(false)
      notifyProblem(error)
    }
  }
  return (
    <>
      <p>
        {countText(suggestions, 'suggestion')} in {countText(tracks)}; about {Math.round(expected_right)} of them are
        right.
      </p>
      <Strips preview={preview} />
      <p className="quiet">Listen to {spot_check.length === 1 ? 'this one' : `these ${spot_check.length}`} first:</p>
      <SpotCheck checked={spot_check} said={said} onSay={(key, what) => setSaid({ ...said, [key]: what })} />
      {wrong.length > 0 && (
        <p>
          {wrong.length} of {spot_check.length} {wrong.length === 1 ? 'is' : 'are'} wrong and will be left out. Perhaps
          ask for a higher share.
        </p>
      )}
      <Button look="main" disabled={open > 0} aria-disabled={isAccepting} onClick={() => void accept()}>
        {open > 0
          ? `${open} more to listen to`
          : isAccepting
            ? 'Accepting…'
            : `Accept ${countText(suggestions - wrong.length, 'label')}`}
      </Button>
    </>
  )
}

/** Accepts what the model is sure of, many at a time, after ten of them were heard. */
export const SureSuggestions = (): ReactElement => {
  const [form, setForm] = useState<SureForm>(FIRST_FORM)
  const [shown, setShown] = useState<Shown | null>(null)
  /** What a preview is on its way for: another one may be asked for meanwhile. */
  const asked = useRef<SureForm | null>(null)
  const [isAsking, setAsking] = useState(false)
  const change = (changed: SureForm): void => {
    asked.current = null
    setAsking(false)
    setForm(changed)
    setShown(null)
  }
  const ask = async (): Promise<void> => {
    if (isAsking) return
    asked.current = form
    setAsking(true)
    try {
      const preview = await client.previewSure({ body: wishOf(form) })
      if (asked.current === form) setShown({ form, preview })
    } catch (error) {
      notifyProblem(error)
    }
    if (asked.current === form) setAsking(false)
  }
  return (
    <Panel title="Accept what is sure">
      <div className={styles.form}>
        <SureWish form={form} onChange={change} />
        <Button aria-disabled={isAsking} onClick={() => void ask()}>
          Preview
        </Button>
        <span role="status" className="quiet">
          {isAsking ? 'Looking through the suggestions…' : ''}
        </span>
      </div>
      {shown && <Preview {...shown} onDone={() => setShown(null)} />}
    </Panel>
  )
}
