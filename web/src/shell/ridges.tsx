/** The mountains behind a title: ridges and terraces in the theme's colour. Ornament only. */
export function Ridges() {
  return (
    <svg class="ridges" viewBox="0 0 1200 260" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path opacity=".10" d="M0 150 90 96l60 30 95-78 80 62 70-34 110 76 95-96 105 84 85-40 90 58 110-88 90 62 120-52v180H0z" />
      <path opacity=".12" d="M0 196c120-10 170-66 260-70s150 44 250 40 160-70 270-66 150 62 240 58 110-30 180-34v136H0z" />
      <path opacity=".16" d="M0 232c150-4 210-40 330-40s190 30 300 26 190-42 300-38 160 30 270 26v54H0z" />
      <g fill="none" stroke="currentColor" stroke-width="1.5" opacity=".22">
        <path d="M0 240c150-4 210-38 330-38s190 30 300 26 190-42 300-38 160 28 270 25" />
        <path d="M0 249c150-4 210-36 330-36s190 28 300 25 190-40 300-36 160 26 270 23" />
        <path d="M0 257c150-3 210-33 330-33s190 26 300 23 190-37 300-33 160 24 270 21" />
      </g>
    </svg>
  );
}
