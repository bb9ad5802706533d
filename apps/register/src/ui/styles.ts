/** The style sheets of every window, in the order in which later ones win. */
import '@mantine/core/styles.css';
import '@fontsource-variable/inter/opsz.css';
import '@evertill/ui/base.css';
