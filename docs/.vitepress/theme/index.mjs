// Fonts are those of the system: nothing comes from elsewhere, and pages are small.
import theme from 'vitepress/theme-without-fonts';
import './sealpost.css';

export default theme;
