import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef } from 'react'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import styles from './graph-canvas.module.css'
import type { Colours } from './graph-colours.ts'
import { type GraphAction, graphActionOf } from './graph-keys.ts'
import { type GraphModel, nameOf } from './graph-model.ts'
import { GraphStage } from './graph-stage.ts'
import { useGraph, walkOn } from './graph-state.ts'
import { addToPath, back, compareWith, forward, goTo, mark, takeBack, turn, type Walk } from './graph-walk.ts'
import { hearOnHover, hearTrack } from './hear-track.ts'
import { usePlaceWords } from './place-words.ts'

type GraphCanvasProps = {
  readonly model: GraphModel
  readonly colours: Colours
  readonly group: ReadonlySet<number> | null
}

const stepOf = (action: GraphAction, model: GraphModel): ((walk: Walk) => Walk) | null => {
  switch (action) {
    case 'forward':
      return (walk) => forward(walk, model)
    case 'back':
      return (walk) => back(walk, model)
    case 'next way':
      return (walk) => turn(walk, model, 1)
    case 'way before':
      return (walk) => turn(walk, model, -1)
    case 'add':
      return (walk) => (walk.current === null ? walk : addToPath(walk, walk.current))
    case 'take back':
      return takeBack
    case 'compare':
      return (walk) => (walk.current === null ? walk : mark(walk, walk.current))
    case 'clear':
      return (walk) => ({ ...walk, current: null, choice: 0, marked: null })
    default:
      return null
  }
}

/** The graph as a picture, worked by pointer and by keys; what it shows is said in words beside it. */
export const GraphCanvas = ({ model, colours, group }: GraphCanvasProps): ReactElement => {
  const box = useRef<HTMLDivElement>(null)
  const stage = useRef<GraphStage | null>(null)
  const now = useRef(model)
  now.current = model
  const helpId = useId()
  const walk = useGraph((state) => state.walk)
  const words = usePlaceWords(model)

  useEffect(() => {
    const drawn = new GraphStage(box.current!, {
      onClick: (id, isComparing) => {
        const { isDrawing } = useGraph.getState()
        walkOn((before) => {
          const at = isComparing ? compareWith(before, id) : goTo(before, id)
          return isDrawing ? addToPath(at, id) : at
        })
      },
      onTwice: (id) => walkOn((before) => addToPath(goTo(before, id), id)),
      onHover: (id) => hearOnHover(id === null ? null : (now.current.trackOf.get(id) ?? null)),
    })
    stage.current = drawn
    return () => {
      hearOnHover(null)
      stage.current = null
      drawn.close()
    }
  }, [])
  useEffect(() => stage.current?.show(model, colours), [model, colours])
  useEffect(() => stage.current?.mark({ ...walk, group }), [walk, group])
  useEffect(() => {
    if (walk.current !== null) stage.current?.centre(walk.current)
  }, [walk.current])

  const press = (event: KeyboardEvent): void => {
    const action = graphActionOf(event.nativeEvent, useKeyPreferences.getState().areSingleKeysOn)
    if (action === null) return
    event.preventDefault()
    event.stopPropagation()
    const track = walk.current === null ? undefined : model.trackOf.get(walk.current)
    if (action === 'zoom in' || action === 'zoom out' || action === 'all')
      stage.current?.zoom(action === 'all' ? 'all' : action === 'zoom in' ? 'in' : 'out')
    else if (action === 'hear') {
      if (track) hearTrack(track)
    } else walkOn(stepOf(action, model)!)
  }

  const at = walk.current === null ? null : model.trackOf.get(walk.current)
  return (
    <div className={styles.frame}>
      <div
        ref={box}
        className={styles.canvas}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the graph is worked by keys, as its role says
        tabIndex={0}
        aria-label={at ? `Graph, at ${nameOf(at)}` : `Graph of ${model.tracks.length} tracks`}
        aria-describedby={helpId}
        onKeyDown={press}
      />
      <p id={helpId} className="sr-only">
        Arrow keys walk along good transitions: right goes on, left goes back, down and up choose another way out. Enter
        adds the track to your path, Backspace takes the last one back. The same is in the table.
      </p>
      <p className="sr-only" role="status">
        {words}
      </p>
    </div>
  )
}
