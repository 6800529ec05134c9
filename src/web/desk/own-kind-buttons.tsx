import type { ReactElement } from 'react'
import { OwnKindChip } from '../kit/elements/own-kind-chip.tsx'
import { useLenses } from '../queries/use-own-kinds.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import styles from './plain-editor.module.css'

/** Kinds of the person's own, lens by lens. */
export const OwnKindButtons = (): ReactElement => {
  const { desk } = useDeskTools()
  const { data: lenses = [] } = useLenses()
  const chosen = useDesk((state) => state.ownKindId)
  const tap = useDesk((state) => state.tap)
  return (
    <>
      {lenses
        .filter(({ kinds }) => kinds.length > 0)
        .map(({ id, name, kinds }) => (
          <fieldset key={id} className={styles.kinds} aria-label={`Lens ${name}`}>
            {kinds.map((kind) => (
              <button
                key={kind.id}
                type="button"
                className={styles.kind}
                aria-pressed={kind.id === chosen}
                data-tapping={tap?.ownKindId === kind.id || undefined}
                title={`${kind.name}, which is ${kind.maps_to} for everybody else`}
                onClick={() => desk.setState({ kind: kind.maps_to, ownKindId: kind.id })}
              >
                <OwnKindChip kind={kind} />
              </button>
            ))}
          </fieldset>
        ))}
    </>
  )
}
