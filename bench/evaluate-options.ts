export const HELP = `Usage: npm run evaluate -- [DIR …] [options]

  DIR …                folders in the corpus's format; grouped 5-fold cross-validation inside all of them together
  --train DIR          train on this folder …
  --test DIR           … and measure on that one
  --form FOLDER        networks of form for tracks that the one that ships knows (default recipes/form/folds)
  --no-forms           leave sections to the trees alone
  --predictions FILE   write what is needed to score the test tracks elsewhere (JSON, times in seconds)
  --peers              also run librosa, Essentia and MSAF on the same tracks (makes a Python environment once)
  --grids              only: tempo, beats and bars of each folder by itself, and of generated pieces of what grids go wrong on
  --quality            only: what the checks of a recording flag here, and how many generated faults they find
  --similar            only: whether features or the network's embedding find music that belongs together
  --no-base            leave out what the base model does alone, and what the first labelled songs add
  --tags               only: which tags are shown of these tracks and of generated ones, and how many of them are true
  --confidence         only: whether what is said of sections comes true, and the curves that see to it
  --edges              only: where edges of dance music are lost, and what mending them would be worth
  --styles             only: where the curves that tell songs from dance music have their middles, over all folders together
  --no-curve           leave out the learning curve
  --advice             only: what is said of the labels themselves (checks, what more of them are worth), and whether it holds
  --explain            only: whether deleting what explanations name changes answers more than deleting as much at random
  --energy             only: whether energy as a second task makes kinds easier to tell
  --doctor             only: how soon the label doctor comes to wrong kinds and moved edges that are planted here
  --bulk               only: how many sure suggestions are right, and what it is worth to learn from them unread
  --blend              only: what it is worth to blend one's own model with a friend's (set --shuffles 20)
  --next               only: how many labels and key presses the proposed order saves (set --shuffles 20)
  --ablation           only: labels of given spans with and without what a network hears, at 5, 10, 20 and all labelled tracks
  --imported           only: what a model is worth that learnt from cues of another DJ program instead of the truth
  --transfer           only: what it is worth to begin from a base model, at 3, 5, 10 and 20 labelled tracks (takes long)
  --transitions        only: whether proposed windows of a mix sound cleaner than random ones of the same two tracks
  --pairs N            of so many pairs at most (default 60)
  --shuffles N         cross-validate so many times, the tracks in other folds each time, and pool what was said (default 3)
  --seed N             the first shuffle (default 1); predictions and the learning curve are those of the first
  --json               one JSON document on stdout

Example: npm run evaluate -- ../shared/corpus`

/** As `parseArgs` takes them. */
export const OPTIONS = {
  train: { type: 'string' },
  test: { type: 'string' },
  predictions: { type: 'string' },
  peers: { type: 'boolean', default: false },
  grids: { type: 'boolean', default: false },
  quality: { type: 'boolean', default: false },
  similar: { type: 'boolean', default: false },
  tags: { type: 'boolean', default: false },
  styles: { type: 'boolean', default: false },
  confidence: { type: 'boolean', default: false },
  edges: { type: 'boolean', default: false },
  form: { type: 'string' },
  forms: { type: 'boolean', default: true },
  base: { type: 'boolean', default: true },
  curve: { type: 'boolean', default: true },
  advice: { type: 'boolean', default: false },
  explain: { type: 'boolean', default: false },
  ablation: { type: 'boolean', default: false },
  doctor: { type: 'boolean', default: false },
  energy: { type: 'boolean', default: false },
  bulk: { type: 'boolean', default: false },
  blend: { type: 'boolean', default: false },
  next: { type: 'boolean', default: false },
  transfer: { type: 'boolean', default: false },
  imported: { type: 'boolean', default: false },
  transitions: { type: 'boolean', default: false },
  pairs: { type: 'string', default: '60' },
  seed: { type: 'string', default: '1' },
  shuffles: { type: 'string', default: '3' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const
