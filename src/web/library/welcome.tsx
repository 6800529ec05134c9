import { useMutation } from '@tanstack/react-query'
import { FolderPlus, Sparkles } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { openFolders } from './folders-state.ts'
import styles from './welcome.module.css'

/** The first screen of a new library: two ways to begin. */
export const Welcome = (): ReactElement => {
  const [isLabelled, setIsLabelled] = useState(true)
  const demo = useMutation({ mutationFn: () => client.makeDemo({ body: { labelled: isLabelled } }) })
  return (
    <div className={styles.welcome}>
      <h1>Welcome to Algiers</h1>
      <p>
        It finds the beat grid, key, energy and sections of your tracks, and learns from you what <em>you</em> call a
        drop. Everything stays on this machine.
      </p>
      <div className={styles.ways}>
        <section aria-labelledby="own-music">
          <h2 id="own-music">Your music</h2>
          <p className="quiet">
            Choose the folder that your tracks are in, or drop it here. The files are read where they are; none is
            copied or changed.
          </p>
          <Button look="main" onClick={() => openFolders()}>
            <FolderPlus size={16} aria-hidden="true" /> Add your music
          </Button>
          <p className="quiet">
            You have set cues in another DJ program? <Link to="/bring-in">Bring in its library</Link>: they become
            sections.
          </p>
        </section>
        <section aria-labelledby="demo-music">
          <h2 id="demo-music">Just looking</h2>
          <p className="quiet">
            24 generated tracks, made on this machine in a few minutes, kept apart and removed with one button.
          </p>
          <label className={styles.tick}>
            <input type="checkbox" checked={isLabelled} onChange={({ target }) => setIsLabelled(target.checked)} />
            <span>With labels on two thirds of them, so that you can train a model at once</span>
          </label>
          <Button disabled={demo.isPending || demo.isSuccess} onClick={() => demo.mutate()}>
            <Sparkles size={16} aria-hidden="true" /> Try the demo library
          </Button>
          {demo.error && <ProblemNote error={demo.error} />}
        </section>
      </div>
    </div>
  )
}
