import { type ReactElement, useState } from 'react'
import { spanText } from '../../core/labels/bar-text.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { OwnKindChip } from '../kit/elements/own-kind-chip.tsx'
import { sureText } from '../kit/words/percent-text.ts'
import { useOwnKinds } from '../queries/use-own-kinds.ts'
import type { Ghost } from '../waveform/paint-spans.ts'
import { perform } from './desk-actions.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import { acceptSurer } from './desk-edits.ts'
import { gridOf } from './desk-store.ts'
import { isSurer } from './is-surer.ts'
import styles from './suggestion-bar.module.css'

const groundText = ({ importedFrom, confidence, scope }: Ghost): string => {
  if (importedFrom !== null) return `from ${importedFrom}`
  return scope === undefined ? sureText(confidence) : `${sureText(confidence)}, by the model for ${scope}`
}

/** What imports and the active model propose for what is not labelled: decide on one, or take all that it is sure enough of. */
export const SuggestionBar = (): ReactElement | null => {
  const tools = useDeskTools()
  const own = useOwnKinds()
  const ghosts = useDesk((state) => state.ghosts)
  const selectedGhost = useDesk((state) => state.selectedGhost)
  const grid = useDesk(gridOf)
  const [percent, setPercent] = useState(80)
  if (ghosts.length === 0) return null
  const ghost = ghosts.find(({ id }) => id === selectedGhost)
  const mine = ghost?.ownKindId === undefined ? undefined : own.get(ghost.ownKindId)
  const surer = ghosts.filter(isSurer(percent))
  return (
    <section className={styles.bar} aria-label="Suggestions">
      {ghost ? (
        <>
          <span>
            Suggested: {mine ? <OwnKindChip kind={mine} /> : <KindChip kind={ghost.kind} />} {groundText(ghost)},{' '}
            {spanText(grid, ghost)}
            {ghost.runnerUp !== null && `, else ${ghost.runnerUp}`}
          </span>
          <Button look="main" title="Y" onClick={() => perform(tools, 'accept')}>
            Accept
          </Button>
          <Button title="N" onClick={() => perform(tools, 'reject')}>
            Reject
          </Button>
          <span className="quiet">1–7 accept it as another kind</span>
        </>
      ) : (
        <span>
          {countText(ghosts.length, 'suggestion')}: <kbd>Tab</kbd> goes to the next
        </span>
      )}
      <label className={styles.threshold}>
        at least{' '}
        <input
          type="number"
          min={0}
          max={100}
          step={5}
          value={percent}
          onChange={({ target }) => setPercent(Number(target.value))}
        />{' '}
        % sure
      </label>
      <Button disabled={surer.length === 0} onClick={() => acceptSurer(tools, percent)}>
        Accept {surer.length}
      </Button>
    </section>
  )
}
